using Microsoft.AspNetCore.Identity;

namespace Latchkey.Storage.Model;

/// <summary>A person who logs in. <c>sub</c> is <see cref="IdentityUser{TKey}.Id"/> in its "D" form.</summary>
public sealed class User : IdentityUser<Guid>
{
    /// <summary>The small number Linode's clients know a user by; given when the user is first saved, never given again.</summary>
    public int Uid { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>A disabled user has no session and no living grant, and gets none.</summary>
    public bool Disabled { get; set; }

    /// <summary>May run the server through its pages and API.</summary>
    public bool Admin { get; set; }

    public string Timezone { get; set; } = "UTC";
}
