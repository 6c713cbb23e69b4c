namespace Latchkey.Core.Authorization;

/// <summary>How the answer travels to the redirect URI.</summary>
public enum ResponseMode
{
    /// <summary>In the query (RFC 6749 §4.1.2).</summary>
    Query = 0,

    /// <summary>In the body of a form the browser posts (OAuth 2.0 Form Post Response Mode).</summary>
    FormPost = 1,

    /// <summary>In the fragment; only for the implicit answer of compatibility clients (RFC 6749 §4.2.2).</summary>
    Fragment = 2,
}
