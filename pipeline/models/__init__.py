"""Models on this machine: which there are (`registry`), which are installed (`store`), and how to get them (`get`).

Only `get` touches the network, and only when the user asked; everything else reads the registry and the manifests of
what is installed.
"""
