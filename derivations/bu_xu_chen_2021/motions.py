"""Motions of one mode for alpha = 1: closed forms while the kernel is constant, pieced together."""

from dataclasses import dataclass

from proofcheck import Motion, Rational, cos, derivative, exp, motion, scalar, sin, substitute

from .notation import Delta, H_t

local = scalar("s")


def critical(position, velocity):
    """The solution of x'' + 2 x' + x = 0 from a position and a velocity."""
    return exp(-local) * (position + (velocity + position) * local)


def oscillating(omega):
    """The solutions of x'' + 2 x' + (1 + omega^2) x = 0."""

    def solution(position, velocity):
        swing = position * cos(omega * local) + (velocity + position) / omega * sin(omega * local)
        return exp(-local) * swing

    return solution


#: Delta = 1, Delta' = 0, for alpha = 1.
at_one = motion(Delta, H_t, local, 1, 0)


#: Delta = 0, Delta' = 1.
pushed = motion(Delta, H_t, local, 0, 1)


def solves(solution, stiffness):
    """What it means that a solution obeys x'' + 2 x' + stiffness x = 0 and begins at its position and velocity."""
    position, velocity = scalar("position"), scalar("velocity")
    x = solution(position, velocity)
    speed, start = derivative(x, local), {local: Rational(0)}
    return (
        derivative(speed, local) == -2 * speed - stiffness * x,
        substitute(x, start) == position,
        substitute(speed, start) == velocity,
    )


@dataclass(frozen=True)
class Swing:
    """A motion from Delta = 1, Delta' = 0 under kernels 1 + omega^2; omega = 0 is critical damping."""

    motion: Motion = at_one

    def then(self, length, omega):
        """Go on for a while."""
        solution = oscillating(omega) if omega else critical
        return Swing(self.motion.then(length, 1 + omega**2, solution))
