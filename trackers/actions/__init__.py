"""Every change there is, one function a use case, atomic, with its audit entry."""
