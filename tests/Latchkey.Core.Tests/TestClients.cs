using Latchkey.Core.Clients;
using Latchkey.Protocol;

namespace Latchkey.Core.Tests;

/// <summary>One client of each sort.</summary>
internal static class TestClients
{
    public const string Callback = "https://app.example.com/callback";
    public const string LoopbackCallback = "http://127.0.0.1/callback";

    public static readonly ClientSecret Secret = new("5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8");

    public static readonly Client Confidential = new()
    {
        Id = "0123456789abcdef0123",
        Label = "Example app",
        RedirectUris = [Callback],
        SecretHash = Secret.Hash(),
    };

    /// <summary>An app on a desktop.</summary>
    public static readonly Client Public = Confidential with
    {
        Id = "aaaaaaaaaabbbbbbbbbb",
        Public = true,
        SecretHash = null,
        RedirectUris = [LoopbackCallback],
    };

    public static readonly Client Other = Confidential with { Id = "ffffffffffffffffffff", Label = "Another app" };

    public static readonly Client Linode = Confidential with { Compatibility = Compatibility.Linode };

    public static readonly Client PublicLinode = Public with { Compatibility = Compatibility.Linode };

    public static readonly Client Api = Confidential with { Id = "cccccccccccccccccccc", Api = true, RedirectUris = [] };
}
