"""For what is sensitive: whoever does it has proven within the last half hour who they are."""

from allauth.account.decorators import reauthentication_required

recently_proven = reauthentication_required
"""A decorator for views, below the one that lets somebody in: ``@desk_page(Role.OWNER)``, then ``@recently_proven``.

Whoever signed in, or gave password or code again, more than ACCOUNT_REAUTHENTICATION_TIMEOUT seconds ago is asked to do so,
and comes back to the page they were on. What they had sent is not kept.
"""
