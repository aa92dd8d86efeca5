def ordered(children):
    order, open_nodes = [], set()

    def visit(node):
        if node in order:
            return
        if node in open_nodes:
            raise ValueError("a cycle")
        open_nodes.add(node)
        for child in children[node]:
            visit(child)
        order.append(node)

    for node in children:
        visit(node)
    return order
