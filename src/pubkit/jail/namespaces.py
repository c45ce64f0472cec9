"""A network of the child's own, in which there is nobody.

Source:
    Linux manual, unshare(2), network_namespaces(7), user_namespaces(7).
"""

from pubkit.jail.system import is_linux, libc

NEW_USERS = 0x10000000
NEW_NETWORK = 0x40000000
NEW_SHARED_MEMORY = 0x08000000


def leave_network() -> bool:
    """Leave every network; tell whether it could be done.

    Who may not do it alone may do it as a user of a namespace of its own, where the kernel lets
    everybody make one.
    """
    alone = NEW_NETWORK | NEW_SHARED_MEMORY
    return is_linux() and any(libc().unshare(flags) == 0 for flags in (alone, alone | NEW_USERS))
