"""Our use of nbgrader: its release steps, its points, its gradebook."""
