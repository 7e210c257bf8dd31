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
from numpy.typing import NDArray

from .data import Data
from .kernels import FloatArray
from .methods import Method

#: By how much more than needed the reach of the followed neurons grows, so that it grows seldom.
GROWTH = 1.25
#: Covers the rounding of the bound on how far an unfollowed neuron has moved.
SLACK = 1 + 1e-9
LARGEST_LOSS = 1e150
#: Eigenvalues of K_AA below this share of the largest count as zero: of X_A, singular values below 1e-5.
SINGULAR = 1e-10


class Layer:
    """One network in training, `method` with steps of size `eta`; `step` does the next one.

    `error` is Delta, `velocity` is (Delta(k) - Delta(k-1)) / h with the kernel's present gradients, `kernel` is H.

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
        self.method, self.eta, self.done = method, eta, 0
        self._inputs, self._targets = data.inputs, data.targets
        self._gram = data.inputs @ data.inputs.T
        self._in_gram_space = data.count < 2 * data.dimension
        self.width = len(weights)
        # Of all neurons, at the start.
        self._first = weights @ data.inputs.T
        self._awake_first = self._first >= 0
        self._scale = signs / np.sqrt(self.width)
        # Of the neurons that are followed. Row 0 of the coefficients is s, as if of a neuron that never sleeps.
        self._followed = np.zeros(self.width, dtype=np.bool_)
        self._reach = np.full(data.count, -1.0)
        self._rows = np.zeros(0, dtype=np.intp)
        self._start = np.zeros((0, data.count))
        self._sign = np.zeros((0, 1))
        self._now, self._before = np.zeros((0, data.count)), np.zeros((0, data.count))
        self._awake = np.zeros((0, data.count), dtype=np.bool_)
        self._masks = np.ones((1, data.count))
        self._position = np.zeros((1, data.count))
        self._memory = [np.zeros((1, data.count)) for _ in range(method.memory)]
        self._force = np.zeros((1, data.count))
        self._shared_before = np.zeros(data.count)
        # Of all neurons, and of those that are not followed.
        awake = self._awake_first.astype(np.float64)
        self._pairs = awake.T @ awake
        self._idle_kernel = self._pairs * self._gram / self.width
        self._idle_predictions = self._scale @ np.maximum(self._first, 0)
        self.kernel = self._idle_kernel
        self.error = self._idle_predictions - self._targets
        #: The change of the energy by the flips of the last step, the weights and their velocities held fixed.
        self.jump = 0.0
        self.watch_jumps = False
        if method.by_neuron:
            self._follow(np.arange(self.width))
            self._inverses = self._inverse_blocks(self._masks[1:])

    @property
    def time(self) -> float:
        """The time on the clock of the method's flow."""
        return self.done * self.method.clock(self.eta)

    def step(self) -> None:
        """Do one step. Raises OverflowError if the loss has grown beyond all bounds."""
        self._shared_before[:] = self._position[0]
        self._push()
        self.method.advance(self.done, self.eta, self._position, self._memory, self._force)
        self.done += 1
        self._follow_near()
        self._now, self._before = self._before, self._now
        self._apply_gram(self._position[1:], self._now)
        self._now *= self._sign
        self._now += self._start
        self._predict()
        self._notice_flips()

    def velocity(self) -> FloatArray:
        """Delta', shape (n,): the gradients of now times the last move, over the time of a step; at first 0."""
        moved = np.subtract(self._now, self._before)
        moved *= self._masks[1:]
        shared = self._position[0] - self._shared_before
        change = self._sign[:, 0] @ moved + self._idle_kernel @ shared
        return np.asarray(change / self.method.clock(self.eta), dtype=np.float64)

    def distance(self) -> float:
        """The largest |w_r - w_r(0)| of a neuron."""
        coefficients = np.concatenate([self._position[1:], self._awake_first[~self._followed] * self._position[0]])
        images = np.empty_like(coefficients)
        self._apply_gram(coefficients, images)
        squares = np.einsum("rj,rj->r", coefficients, images)
        return float(np.sqrt(max(np.max(squares), 0.0) / self.width))

    def flips(self) -> float:
        """The share of the pairs of a neuron and a sample that are now on the other side of the kink."""
        return float(np.count_nonzero(self._awake != self._awake_first[self._rows]) / self._first.size)

    def energy(self) -> float:
        """The energy of the method, with the velocity of the last step."""
        return self.method.energy(self.time, self.error, self.velocity(), self.kernel @ self.error)

    def _push(self) -> None:
        """Set the force on every row."""
        if not self.method.by_neuron:
            np.multiply(self._masks, -self.eta * self.error, out=self._force)
            return
        # With A the samples that r is awake on, J_r = (a_r / sqrt m) X_A, so (J_r* J_r)^+ J_r* Delta is sqrt(m) a_r
        # X_A^T K_AA^+ Delta_A, and a_r^2 = 1.
        self._force[0] = 0
        np.matmul(self._inverses, -self.eta * self.width * self.error, out=self._force[1:])

    def _inverse_blocks(self, masks: FloatArray) -> FloatArray:
        """The pseudo-inverses K_AA^+ of neurons with these masks, zero outside A: shape (rows, n, n)."""
        blocks = masks[:, :, np.newaxis] * self._gram * masks[:, np.newaxis, :]
        return np.asarray(np.linalg.pinv(blocks, rcond=SINGULAR, hermitian=True), dtype=np.float64)

    def _apply_gram(self, coefficients: FloatArray, out: FloatArray) -> None:
        if self._in_gram_space:
            np.matmul(coefficients, self._gram, out=out)
        else:
            np.matmul(coefficients @ self._inputs, self._inputs.T, out=out)

    def _predict(self) -> None:
        scratch = np.maximum(self._now, 0)
        self.error = self._sign[:, 0] @ scratch + self._idle_predictions + self._idle_kernel @ self._position[0]
        self.error -= self._targets
        if not float(self.error @ self.error) < LARGEST_LOSS:
            raise OverflowError(f"the loss has grown beyond {LARGEST_LOSS:g} in step {self.done}")

    def _notice_flips(self) -> None:
        awake = self._now >= 0
        changed = np.flatnonzero((awake != self._awake).any(axis=1))
        self.jump = 0.0
        if not changed.size:
            return
        earlier = self.energy() if self.watch_jumps else 0.0
        now, before = awake[changed].astype(np.float64), self._masks[1 + changed]
        self._pairs += now.T @ now - before.T @ before
        self._masks[1 + changed] = now
        self._awake = awake
        self.kernel = self._pairs * self._gram / self.width
        if self.method.by_neuron:
            self._inverses[changed] = self._inverse_blocks(now)
        if self.watch_jumps:
            self.jump = self.energy() - earlier

    def _follow_near(self) -> None:
        """Take in every neuron that may by now have flipped."""
        if self._rows.size == self.width:
            return
        parts = self._gram * self._position[0]
        bound = np.maximum(np.maximum(parts, 0).sum(axis=1), -np.minimum(parts, 0).sum(axis=1))
        bound *= SLACK / np.sqrt(self.width)
        beyond = bound > self._reach
        if np.any(beyond):
            self._reach = np.where(beyond, GROWTH * bound, self._reach)
            near = np.any(np.abs(self._first) <= self._reach, axis=1) & ~self._followed
            if np.any(near):
                self._follow(np.flatnonzero(near))

    def _follow(self, neurons: NDArray[np.intp]) -> None:
        awake = self._awake_first[neurons]
        masks = awake.astype(np.float64)
        start, sign = self._first[neurons], self._scale[neurons, np.newaxis]
        was = np.empty_like(start)
        self._apply_gram(masks * self._shared_before, was)
        was *= sign
        was += start
        self._followed[neurons] = True
        self._rows = np.concatenate([self._rows, neurons])
        self._start, self._sign = np.concatenate([self._start, start]), np.concatenate([self._sign, sign])
        self._now, self._before = np.concatenate([self._now, was]), np.concatenate([self._before, was])
        self._awake = np.concatenate([self._awake, awake])
        self._masks = np.concatenate([self._masks, masks])
        self._position = np.concatenate([self._position, masks * self._position[0]])
        self._memory = [np.concatenate([array, masks * array[0]]) for array in self._memory]
        self._force = np.empty_like(self._position)
        idle = ~self._followed
        awake_idle = self._awake_first[idle].astype(np.float64)
        self._idle_kernel = (awake_idle.T @ awake_idle) * self._gram / self.width
        self._idle_predictions = self._scale[idle] @ np.maximum(self._first[idle], 0)
