"""The hidden layer of a two-layer ReLU network while it is trained full batch, followed without its weights.

The force on a neuron is a combination of the inputs, so w_r(k) - w_r(0) = (a_r / sqrt m) sum_j c_rj x_j, and

    <w_r(k), x_i> = <w_r(0), x_i> + (a_r / sqrt m) (c_r K)_i,    K = X X^T,

holds exactly: the coefficients c, n numbers a neuron, are trained in place of the p weights. As long as no sample
flips a neuron (<w_r, x_i> keeps its sign for every i) its coefficients are c_rj = chi_rj s_j, with one vector s for all
of these neurons, and their part of the predictions is linear in s, with the kernel H_idle that they make up. So only
neurons that may have come to a kink are followed one by one: a neuron is taken in before the bound

    |<w_r, x_i> - <w_r(0), x_i>| <= (1 / sqrt m) max(sum_j (K_ij s_j)^+, sum_j (K_ij s_j)^-)

allows it a flip. All of this is exact up to rounding: the flips and the numbers are those of the plain iteration.
Newton's method, whose force on a neuron depends on all samples that it is awake on, has every neuron followed.
"""

import numpy as np

from .data import Data
from .kernels import FloatArray
from .methods import Method

#: By how much more than needed the reach of the followed neurons grows, so that it grows seldom.
GROWTH = 1.25
#: The share of neurons, about, that are followed from the start.
FOLLOWED_AT_FIRST = 0.02
#: Covers the rounding of the bound on how far an unfollowed neuron has moved.
SLACK = 1 + 1e-9
LARGEST_LOSS = 1e150
#: Eigenvalues of K_AA below this share of the largest count as zero: of X_A, singular values below 1e-5.
SINGULAR = 1e-10


class Layer:
    """One network in training, `method` with steps of size `eta`; `step` does the next one.

    `error` is Delta and `kernel` is H, shapes (n,) and (n, n). With `watch_jumps`, `jump` is by how much the flips of
    the last step changed the energy, the weights and their velocities held fixed.

    >>> from .methods import GradientDescent
    >>> data = Data(np.eye(2), [1.0, -1.0], "axes")
    >>> layer = Layer(data, np.array([[1.0, -1.0]]), np.array([1.0]), GradientDescent(), 0.5)
    >>> layer.step()
    >>> layer.error.tolist(), layer.distance(), layer.kernel.tolist()
    ([0.0, 1.0], 0.0, [[1.0, 0.0], [0.0, 0.0]])
    """

    def __init__(self, data: Data, weights: FloatArray, signs: FloatArray, method: Method, eta: float) -> None:
        if not 0 < eta < np.inf:
            raise ValueError(f"expected a positive step size, got {eta}")
        self.method, self.eta, self.done, self.width = method, eta, 0, len(weights)
        self.watch_jumps, self.jump = False, 0.0
        self._inputs, self._targets = data.inputs, data.targets
        self._gram = data.inputs @ data.inputs.T
        self._in_gram_space = data.count < 2 * data.dimension

        # All neurons, at the start. A column is a neuron throughout: rows are long, which is the fast way.
        self._first = data.inputs @ weights.T
        self._awake_first = self._first >= 0
        self._scale = signs / np.sqrt(self.width)
        awake = self._awake_first.astype(np.float64)
        self._pairs = awake @ awake.T
        self.kernel = self._pairs * self._gram / self.width
        self.error = np.maximum(self._first, 0) @ self._scale - self._targets

        # The part of those that are not followed.
        self._idle_pairs, self._idle_kernel = self._pairs.copy(), self.kernel
        self._idle_error = self.error

        # Those that are followed. Column 0 of the coefficients is s, as if of a neuron that never sleeps.
        none = np.zeros((data.count, 0))
        self._followed = np.zeros(0, dtype=np.intp)
        self._is_followed = np.zeros(self.width, dtype=np.bool_)
        self._start, self._now, self._before, self._scratch = none, none, none, none
        self._awake, self._changed = none >= 0, none >= 0
        self._scale_followed = np.zeros(0)
        self._masks = np.ones((data.count, 1))
        self._position, self._force = np.zeros((data.count, 1)), np.zeros((data.count, 1))
        self._memory = [np.zeros((data.count, 1)) for _ in range(method.memory)]
        self._shared_before = np.zeros(data.count)
        self._reach = np.full(data.count, np.inf if method.by_neuron else FOLLOWED_AT_FIRST / data.count)
        self._follow_near()
        if method.by_neuron:
            self._inverses = self._inverse_blocks(self._masks[:, 1:])

    @property
    def time(self) -> float:
        """The time on the clock of the method's flow."""
        return self.done * self.method.clock(self.eta)

    def step(self) -> None:
        """Do one step. Raises OverflowError if the loss has grown beyond all bounds."""
        self._shared_before = self._position[:, 0].copy()
        self._push()
        self.method.advance(self.done, self.eta, self._position, self._memory, self._force)
        self.done += 1
        self._extend_reach()
        self._now, self._before = self._before, self._now
        self._apply_gram(self._position[:, 1:], self._now)
        self._now *= self._scale_followed
        self._now += self._start
        np.maximum(self._now, 0, out=self._scratch)
        self.error = self._scratch @ self._scale_followed + self._idle_kernel @ self._position[:, 0] + self._idle_error
        if not float(self.error @ self.error) < LARGEST_LOSS:
            raise OverflowError(f"the loss has grown beyond {LARGEST_LOSS:g} in step {self.done}")
        self._notice_flips()

    def velocity(self) -> FloatArray:
        """Delta', shape (n,): the gradients of now times the last move, over the time of a step; at first 0."""
        moved = np.subtract(self._now, self._before, out=self._scratch)
        moved *= self._masks[:, 1:]
        change = moved @ self._scale_followed + self._idle_kernel @ (self._position[:, 0] - self._shared_before)
        return np.asarray(change / self.method.clock(self.eta), dtype=np.float64)

    def distance(self) -> float:
        """The largest |w_r - w_r(0)| of a neuron."""
        idle = self._awake_first[:, ~self._is_followed] * self._position[:, :1]
        coefficients = np.concatenate([self._position[:, 1:], idle], axis=1)
        images = np.empty_like(coefficients)
        self._apply_gram(coefficients, images)
        images *= coefficients
        return float(np.sqrt(max(np.max(images.sum(axis=0)), 0.0) / self.width))

    def flips(self) -> float:
        """The share of the pairs of a neuron and a sample that are now on the other side of the kink."""
        return float(np.count_nonzero(self._awake != self._awake_first[:, self._followed]) / self._first.size)

    def energy(self) -> float:
        """The energy of the method, with the velocity of the last step."""
        return self.method.energy(self.time, self.error, self.velocity(), self.kernel @ self.error)

    def _push(self) -> None:
        """Set the forces."""
        if not self.method.by_neuron:
            np.multiply(self._masks, -self.eta * self.error[:, np.newaxis], out=self._force)
            return
        # With A the samples that r is awake on, J_r = (a_r / sqrt m) X_A, so (J_r* J_r)^+ J_r* Delta is sqrt(m) a_r
        # X_A^T K_AA^+ Delta_A, and a_r^2 = 1.
        self._force[:, 0] = 0
        self._force[:, 1:] = (self._inverses @ (-self.eta * self.width * self.error)).T

    def _inverse_blocks(self, masks: FloatArray) -> FloatArray:
        """The pseudo-inverses K_AA^+ of neurons with these masks, zero outside A: shape (columns, n, n)."""
        blocks = masks.T[:, :, np.newaxis] * self._gram * masks.T[:, np.newaxis, :]
        return np.asarray(np.linalg.pinv(blocks, rcond=SINGULAR, hermitian=True), dtype=np.float64)

    def _apply_gram(self, coefficients: FloatArray, out: FloatArray) -> None:
        if self._in_gram_space:
            np.matmul(self._gram, coefficients, out=out)
        else:
            np.matmul(self._inputs, self._inputs.T @ coefficients, out=out)

    def _notice_flips(self) -> None:
        awake = self._now >= 0
        np.not_equal(awake, self._awake, out=self._changed)
        self.jump = 0.0
        if not self._changed.any():
            return
        earlier = self.energy() if self.watch_jumps else 0.0
        columns = np.flatnonzero(self._changed.any(axis=0))
        now, before = awake[:, columns].astype(np.float64), self._masks[:, 1 + columns]
        self._pairs += now @ now.T - before @ before.T
        self.kernel = self._pairs * self._gram / self.width
        self._masks[:, 1 + columns] = now
        self._awake = awake
        if self.method.by_neuron:
            self._inverses[columns] = self._inverse_blocks(now)
        if self.watch_jumps:
            self.jump = self.energy() - earlier

    def _extend_reach(self) -> None:
        """Take in every neuron that may by now have flipped."""
        parts = self._gram * self._position[:, 0]
        bound = np.maximum(np.maximum(parts, 0).sum(axis=1), -np.minimum(parts, 0).sum(axis=1))
        bound *= SLACK / np.sqrt(self.width)
        beyond = bound > self._reach
        if beyond.any():
            self._reach = np.where(beyond, GROWTH * bound, self._reach)
            self._follow_near()

    def _follow_near(self) -> None:
        """Follow the neurons that are in reach of a kink, from the step before this one on."""
        near = np.any(np.abs(self._first) <= self._reach[:, np.newaxis], axis=0) & ~self._is_followed
        neurons = np.flatnonzero(near)
        awake, start, scale = self._awake_first[:, neurons], self._first[:, neurons], self._scale[neurons]
        masks = awake.astype(np.float64)
        was = np.empty_like(start)
        self._apply_gram(masks * self._shared_before[:, np.newaxis], was)
        was *= scale
        was += start
        self._is_followed |= near
        self._followed = np.append(self._followed, neurons)
        self._scale_followed = np.append(self._scale_followed, scale)
        self._start, self._now = _beside(self._start, start), _beside(self._now, was)
        self._before = _beside(self._before, was)
        self._awake, self._masks = np.concatenate([self._awake, awake], axis=1), _beside(self._masks, masks)
        self._position = _beside(self._position, masks * self._position[:, :1])
        self._memory = [_beside(array, masks * array[:, :1]) for array in self._memory]
        self._force, self._scratch = np.empty_like(self._position), np.empty_like(self._now)
        self._changed = np.empty_like(self._awake)
        # Counts are whole numbers, so no rounding builds up in them.
        self._idle_pairs -= masks @ masks.T
        self._idle_kernel = self._idle_pairs * self._gram / self.width
        self._idle_error = self._idle_error - np.maximum(start, 0) @ scale


def _beside(left: FloatArray, right: FloatArray) -> FloatArray:
    return np.concatenate([left, right], axis=1)
