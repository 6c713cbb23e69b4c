namespace Latchkey.LoginServer.Pages;

/// <summary>One file that pages need, with the address it lies at.</summary>
internal sealed record Asset(string Path, string ContentType, byte[] Bytes);
