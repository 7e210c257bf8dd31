"""The paper's names for Section 3: alpha = sqrt(lambda_0 / 2), the error Delta = f - y, its kernel, its energies.

Three readings of the error dynamics (3.7) have to be told apart. `frozen`: the kernel H is constant. `jumping`: the
kernel H(t) is constant between jumps and Delta' is continuous, which is what "drop the a.s." makes of (3.7). The
network itself is a third one: there Delta' jumps with the kernel.
"""

from proofcheck import Changes, at, flow, inner, let, norm2, operator, path, scalar

t = scalar("t", nonnegative=True)
s = scalar("s", nonnegative=True)
alpha = scalar("alpha", positive=True)
n, m = scalar("n", at_least=1), scalar("m", at_least=1)
lambda_0 = let("lambda_0", 2 * alpha**2)

Delta = path("Delta")
H = operator("H", at_least=alpha**2)
H_t = operator("H_t", at_least=alpha**2, changes=Changes.BY_JUMPS, latex="H_t")

frozen = flow(Delta.ddot == -2 * alpha * Delta.dot - H(Delta), time=t)
jumping = flow(Delta.ddot == -2 * alpha * Delta.dot - H_t(Delta), time=t)

L = let("L", norm2(Delta) / 2)
L_hat = let("L_hat", inner(H(Delta), Delta) / 2)
L_hat_t = let("L_hat_t", inner(H_t(Delta), Delta) / 2, latex=r"\hat{L}(t)")
V = let("V", L_hat + norm2(alpha * Delta + Delta.dot) / 2)
V_t = let("V_t", L_hat_t + norm2(alpha * Delta + Delta.dot) / 2, latex="V(t)")

L_0, L_hat_0 = at(L, 0), at(L_hat, 0)
at_rest = at(Delta.dot, 0) == 0
