namespace Latchkey.LoginServer.Accounts;

/// <summary>The user was disabled or deleted between the password check and the session: a race that was lost.</summary>
internal sealed class UserEndedException() : Exception("The user was disabled or deleted while logging in.");
