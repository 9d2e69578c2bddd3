"""The whole site from outside: pages and sockets of real processes, small and at scale."""
