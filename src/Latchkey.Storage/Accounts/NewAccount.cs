namespace Latchkey.Storage.Accounts;

/// <param name="EmailConfirmed">True when whoever creates the account vouches for the address, as an operator does.</param>
public sealed record NewAccount(string UserName, string Email, bool Admin = false, bool EmailConfirmed = true);
