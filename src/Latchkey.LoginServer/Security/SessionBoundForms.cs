using System.Security.Claims;
using Latchkey.LoginServer.Accounts;
using Microsoft.AspNetCore.Antiforgery;

namespace Latchkey.LoginServer.Security;

/// <summary>Binds the token in a form to the login session it was rendered in: after logging in again, old forms are void.</summary>
internal sealed class SessionBoundForms : IAntiforgeryAdditionalDataProvider
{
    public string GetAdditionalData(HttpContext context) => context.User.FindFirstValue(LoginClaims.SessionId) ?? "";

    public bool ValidateAdditionalData(HttpContext context, string additionalData) =>
        string.Equals(GetAdditionalData(context), additionalData, StringComparison.Ordinal);
}
