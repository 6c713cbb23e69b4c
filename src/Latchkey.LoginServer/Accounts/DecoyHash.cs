using System.Security.Cryptography;
using Latchkey.Storage.Model;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Latchkey.LoginServer.Accounts;

/// <summary>A hash nobody has the password of, made once at today's cost; checked when there is no real one.</summary>
internal sealed class DecoyHash(IOptions<PasswordHasherOptions> options)
{
    public static readonly User Nobody = new();

    private readonly Lazy<string> _value = new(() =>
        new PasswordHasher<User>(options).HashPassword(Nobody, RandomNumberGenerator.GetHexString(64)));

    public string Value => _value.Value;
}
