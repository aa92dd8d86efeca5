def topological(edges):
    """The nodes, each after those that point to it."""
    left, order = list(edges), []
    nodes = sorted({node for edge in edges for node in edge})
    while nodes:
        free = [node for node in nodes if all(end != node for _, end in left)]
        if not free:
            raise ValueError("a cycle")
        order.append(free[0])
        nodes.remove(free[0])
        left = [edge for edge in left if edge[0] != free[0]]
    return order


def linear(X, W):
    return X @ W
