"""What an author writes: scalars, vectors, operators, paths, flows, chains, orders, claims."""
