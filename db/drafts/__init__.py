"""What travels down to the desk: validated, frozen drafts."""
