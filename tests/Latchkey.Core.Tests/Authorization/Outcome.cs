using Latchkey.Core.Authorization;
using Latchkey.Protocol;

namespace Latchkey.Core.Tests.Authorization;

/// <summary>How a request fared.</summary>
internal sealed record Outcome(IdentifiedRequest? Identified, ValidRequest? Request, AuthorizationFailure? Failure)
{
    public ValidRequest Valid()
    {
        Assert.True(Request is not null, Failure?.Error.Description);
        return Request;
    }

    /// <summary>The person is told; nothing is sent anywhere (ERRPAGE).</summary>
    public OAuthError Shown() => Assert.IsType<AuthorizationFailure.ShowToUser>(Failure).Error;

    /// <summary>The client is told at its redirect URI (ERR).</summary>
    public AuthorizationFailure.ReturnToClient Returned(string code)
    {
        var failure = Assert.IsType<AuthorizationFailure.ReturnToClient>(Failure);
        Assert.Equal(code, failure.Error.Code);
        return failure;
    }
}
