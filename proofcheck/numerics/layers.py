"""The hidden layer of a two-layer ReLU network while it is trained full batch, followed in the span of the inputs.

The force on a neuron is a combination of the inputs, so w_r(k) - w_r(0) = sum_j c_jr x_j, and

    <w_r(k), x_i> = <w_r(0), x_i> + (K c_r)_i,    K = X X^T,

holds exactly: with n < 2 p samples the coefficients c, n numbers a neuron, are trained in place of the p weights. As
long as no sample flips a neuron (<w_r, x_i> keeps its sign for every i) its coefficients are (a_r / sqrt m) chi_jr s_j,
with one vector s for all of these neurons, and their part of the predictions is linear in s, with the kernel H_idle
that they make up. So only neurons that may have come to a kink are followed one by one: a neuron is taken in before
the bound

    |<w_r, x_i> - <w_r(0), x_i>| <= (1 / sqrt m) max(sum_j (K_ij s_j)^+, sum_j (K_ij s_j)^-)

allows it a flip. All of this is exact up to rounding: the flips and the numbers are those of the plain iteration.
Newton's method, whose force on a neuron depends on all samples that it is awake on, has every neuron followed.
"""

import numpy as np
from numpy.typing import NDArray

from .data import Data
from .kernels import FloatArray
from .methods import Method

#: By how much more than needed the reach of the followed neurons grows, so that it grows seldom.
GROWTH = 1.25
#: The share of neurons, about, that are followed from the start.
FOLLOWED_AT_FIRST = 0.02
#: From this share on all neurons are followed, which is cheaper than to look for those that are in reach.
MOST_FOLLOWED = 0.7
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
    >>> data = Data(np.eye(2), np.array([1.0, -1.0]), "axes")
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
        #: What makes moves of the pre-activations of the coordinates: coefficients c, or moves of the weights.
        self._lift = self._gram if self._in_gram_space else self._inputs

        # All neurons, at the start. A column is a neuron throughout: rows are long, which is the fast way.
        self._weights = weights.T
        self._first = data.inputs @ self._weights
        self._awake_first = self._first >= 0
        self._scale = signs / np.sqrt(self.width)
        awake = self._awake_first.astype(np.float64)
        self._pairs = awake @ awake.T
        self.kernel = self._pairs * self._gram / self.width
        self.error = np.maximum(self._first, 0) @ self._scale - self._targets

        # Those that are not followed: s, a column, and what they add to Delta.
        self._shared, self._shared_before = np.zeros((data.count, 1)), np.zeros((data.count, 1))
        self._shared_memory = [np.zeros((data.count, 1)) for _ in range(method.memory)]
        self._idle_pairs, self._idle_kernel = self._pairs.copy(), self.kernel
        self._idle_error = self.error

        # Those that are followed. The slopes df_i/d<w_r, x_i> are a_r / sqrt m where awake, 0 elsewhere.
        none = np.zeros((data.count, 0))
        self._followed = np.zeros(0, dtype=np.intp)
        self._is_followed = np.zeros(self.width, dtype=np.bool_)
        self._start, self._now, self._before, self._pushed, self._slopes = none, none, none, none, none
        self._awake, self._changed = none >= 0, none >= 0
        self._position = np.zeros((self._lift.shape[1], 0))
        self._base = self._weights[:, :0]
        self._memory = [np.zeros_like(self._position) for _ in range(method.memory)]
        self._reach = np.full(data.count, np.inf if method.by_neuron else FOLLOWED_AT_FIRST / data.count)
        self._follow_near()
        if method.by_neuron:
            self._inverses = self._inverse_blocks(self._awake)

    @property
    def time(self) -> float:
        """The time on the clock of the method's flow."""
        return self.done * self.method.clock(self.eta)

    @property
    def followed(self) -> float:
        """The share of the neurons that are followed one by one."""
        return self._followed.size / self.width

    def step(self) -> None:
        """Do one step. Raises OverflowError if the loss has grown beyond all bounds."""
        push = -self.eta * self.error[:, np.newaxis]
        self._shared_before = self._shared.copy()
        self.method.advance(self.done, self.eta, self._position, self._memory, self._forces(push))
        self.method.advance(self.done, self.eta, self._shared, self._shared_memory, push)
        self.done += 1
        self._extend_reach()
        self._now, self._before = self._before, self._now
        if self._in_gram_space:
            np.matmul(self._lift, self._position, out=self._now)
            self._now += self._start
        else:
            # There are fewer weights than pre-activations, so that it is the weights that the start is added to.
            np.matmul(self._inputs, self._base + self._position, out=self._now)
        awake = self._now >= 0
        np.not_equal(awake, self._awake, out=self._changed)
        flipped = bool(self._changed.any())
        earlier = (self.velocity(), self.kernel) if flipped and self.watch_jumps else None
        if flipped:
            self._flip(awake)
        self._predict()
        self.jump = 0.0 if earlier is None else self.energy() - self._energy(*earlier)

    def velocity(self) -> FloatArray:
        """Delta', shape (n,): the gradients of now times the last move, over the time of a step; at first 0."""
        moved = np.subtract(self._now, self._before, out=self._pushed)
        change = self._through_slopes(moved) + self._idle_kernel @ (self._shared - self._shared_before)[:, 0]
        return np.asarray(change / self.method.clock(self.eta), dtype=np.float64)

    def distance(self) -> float:
        """The largest |w_r - w_r(0)| of a neuron."""
        idle = ~self._is_followed
        alike = self._coordinates(self._awake_first[:, idle] * self._scale[idle] * self._shared)
        squares = [0.0]
        for coordinates in (self._position, alike):
            metric = self._gram @ coordinates if self._in_gram_space else coordinates
            squares.append(float(np.max(np.einsum("ir,ir->r", metric, coordinates), initial=0)))
        return float(np.sqrt(max(squares)))

    def flips(self) -> float:
        """The share of the pairs of a neuron and a sample that are now on the other side of the kink."""
        return float(np.count_nonzero(self._awake != self._awake_first[:, self._followed]) / self._first.size)

    def energy(self) -> float:
        """The energy of the method, with the velocity of the last step."""
        return self._energy(self.velocity(), self.kernel)

    def _energy(self, velocity: FloatArray, kernel: FloatArray) -> float:
        return self.method.energy(self.time, self.error, velocity, kernel @ self.error)

    def _forces(self, push: FloatArray) -> FloatArray:
        """The forces on the coordinates of those that are followed; `push` is -eta Delta, a column."""
        if self.method.by_neuron:
            # With A the samples that r is awake on, J_r = (a_r / sqrt m) X_A, so (J_r* J_r)^+ J_r* Delta is
            # sqrt(m) a_r X_A^T K_AA^+ Delta_A, and sqrt(m) a_r = m (a_r / sqrt m).
            solved = (self._inverses @ push)[:, :, 0].T
            np.multiply(solved, self.width * self._scale[self._followed], out=self._pushed)
            return self._coordinates(self._pushed)
        if self._in_gram_space:
            return np.multiply(self._slopes, push, out=self._pushed)
        return np.asarray((self._inputs * push).T @ self._slopes)

    def _coordinates(self, coefficients: FloatArray) -> FloatArray:
        """Coefficients of the inputs as coordinates: as they are, or as moves of the weights."""
        return coefficients if self._in_gram_space else np.asarray(self._inputs.T @ coefficients)

    def _inverse_blocks(self, awake: NDArray[np.bool_]) -> FloatArray:
        """The pseudo-inverses K_AA^+ of neurons that are awake on A, zero outside A: shape (columns, n, n)."""
        blocks = awake.T[:, :, np.newaxis] * self._gram * awake.T[:, np.newaxis, :]
        return np.asarray(np.linalg.pinv(blocks, rcond=SINGULAR, hermitian=True), dtype=np.float64)

    def _through_slopes(self, changes: FloatArray) -> FloatArray:
        """What changes of the pre-activations make of the predictions."""
        return np.asarray(np.einsum("ir,ir->i", self._slopes, changes), dtype=np.float64)

    def _predict(self) -> None:
        self.error = self._through_slopes(self._now) + self._idle_kernel @ self._shared[:, 0] + self._idle_error
        if not float(self.error @ self.error) < LARGEST_LOSS:
            raise OverflowError(f"the loss has grown beyond {LARGEST_LOSS:g} in step {self.done}")

    def _flip(self, awake: NDArray[np.bool_]) -> None:
        columns = np.flatnonzero(self._changed.any(axis=0))
        now, before = awake[:, columns].astype(np.float64), self._awake[:, columns].astype(np.float64)
        self._pairs += now @ now.T - before @ before.T
        self.kernel = self._pairs * self._gram / self.width
        self._slopes[:, columns] = now * self._scale[self._followed[columns]]
        self._awake = awake
        if self.method.by_neuron:
            self._inverses[columns] = self._inverse_blocks(awake[:, columns])

    def _extend_reach(self) -> None:
        """Take in every neuron that may by now have flipped."""
        if self._followed.size == self.width:
            return
        parts = self._gram * self._shared[:, 0]
        bound = np.maximum(np.maximum(parts, 0).sum(axis=1), -np.minimum(parts, 0).sum(axis=1))
        bound *= SLACK / np.sqrt(self.width)
        beyond = bound > self._reach
        if beyond.any():
            self._reach = np.where(beyond, GROWTH * bound, self._reach)
            if self.followed > MOST_FOLLOWED:
                self._reach = np.full_like(self._reach, np.inf)
            self._follow_near()

    def _follow_near(self) -> None:
        """Follow the neurons that are in reach of a kink, from the step before this one on."""
        near = np.any(np.abs(self._first) <= self._reach[:, np.newaxis], axis=0) & ~self._is_followed
        neurons = np.flatnonzero(near)
        awake, start, scale = self._awake_first[:, neurons], self._first[:, neurons], self._scale[neurons]
        masks = awake.astype(np.float64)
        slopes = masks * scale
        was = start + self._lift @ self._coordinates(slopes * self._shared_before)
        self._is_followed |= near
        self._followed = np.append(self._followed, neurons)
        self._start, self._slopes = _beside(self._start, start), _beside(self._slopes, slopes)
        self._base = _beside(self._base, self._weights[:, neurons])
        self._now, self._before = _beside(self._now, was), _beside(self._before, was)
        self._awake = np.concatenate([self._awake, awake], axis=1)
        self._position = _beside(self._position, self._coordinates(slopes * self._shared))
        shared = [self._coordinates(slopes * array) for array in self._shared_memory]
        self._memory = [_beside(array, part) for array, part in zip(self._memory, shared, strict=True)]
        self._pushed, self._changed = np.empty_like(self._now), np.empty_like(self._awake)
        # Counts are whole numbers, so no rounding builds up in them.
        self._idle_pairs -= masks @ masks.T
        self._idle_kernel = self._idle_pairs * self._gram / self.width
        self._idle_error = self._idle_error - np.maximum(start, 0) @ scale


def _beside(left: FloatArray, right: FloatArray) -> FloatArray:
    return np.concatenate([left, right], axis=1)
