"""All that we ask of nbgrader: its release steps, its points, its gradebook."""
