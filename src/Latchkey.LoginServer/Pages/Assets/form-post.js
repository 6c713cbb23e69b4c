// Sends the one form of the page on its way (OAuth 2.0 Form Post Response Mode §2); without scripts the button does.
document.forms[0].submit();
