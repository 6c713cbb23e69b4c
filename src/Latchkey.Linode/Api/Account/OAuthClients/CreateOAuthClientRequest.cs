namespace Latchkey.Linode;

/// <summary>A new client on the wire.</summary>
internal sealed record CreateOAuthClientRequest(string Label, Uri RedirectUri, bool Public);
