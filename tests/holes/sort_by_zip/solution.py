def topological_sort(children):
    order = []

    def visit(node):
        if node not in order:
            for child in children[node]:
                visit(child)
            order.append(node)

    for node in children:
        visit(node)
    return order
