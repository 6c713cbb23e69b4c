using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace Latchkey.LoginServer.Consent;

/// <summary>Seals and opens consent tickets: they cannot be altered, nor used late, by another user or in another session.</summary>
internal sealed class ConsentTickets(IDataProtectionProvider protection, TimeProvider clock)
{
    /// <summary>How long a person may think about it.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    private readonly IDataProtector _protector = protection.CreateProtector("Latchkey.ConsentTicket.v1");
    private readonly ConcurrentDictionary<Guid, DateTimeOffset> _denied = new();

    public string Seal(ConsentTicket ticket) =>
        WebEncoders.Base64UrlEncode(_protector.Protect(JsonSerializer.SerializeToUtf8Bytes(ticket)));

    /// <summary>The ticket, or null when it is not one of ours, too old, or another's.</summary>
    public ConsentTicket? Open(string? text, Guid sessionId, Guid userId)
    {
        if (Unseal(text) is not { } ticket || ticket.SessionId != sessionId || ticket.UserId != userId)
        {
            return null;
        }

        return clock.GetUtcNow() < ticket.ExpiresAt && !_denied.ContainsKey(ticket.GrantId) ? ticket : null;
    }

    /// <summary>
    /// After "deny", going back and allowing is another question, which the app has to ask. This memory is a courtesy:
    /// what must not happen twice, a code, the grant's row prevents.
    /// </summary>
    public void MarkDenied(ConsentTicket ticket)
    {
        var now = clock.GetUtcNow();
        foreach (var (id, end) in _denied)
        {
            if (end <= now)
            {
                _denied.TryRemove(id, out _);
            }
        }

        _denied.TryAdd(ticket.GrantId, ticket.ExpiresAt);
    }

    private ConsentTicket? Unseal(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<ConsentTicket>(_protector.Unprotect(WebEncoders.Base64UrlDecode(text)));
        }
        catch (Exception e) when (e is FormatException or CryptographicException)
        {
            return null;
        }
    }
}
