using System.Diagnostics.CodeAnalysis;
using Latchkey.Storage.Model;
using Microsoft.AspNetCore.Identity;

namespace Latchkey.Storage.Accounts;

/// <summary>A user as asked for, or the sentences that say why not; safe to show.</summary>
public sealed class AccountResult
{
    private AccountResult(User? user, IReadOnlyList<string> problems)
    {
        User = user;
        Problems = problems;
    }

    [MemberNotNullWhen(true, nameof(User))]
    public bool Succeeded => User is not null;

    public User? User { get; }

    public IReadOnlyList<string> Problems { get; }

    internal static AccountResult Of(User user) => new(user, []);

    internal static AccountResult Failed(params IReadOnlyList<string> problems) => new(null, problems);

    internal static AccountResult Of(User user, IdentityResult result) =>
        result.Succeeded ? Of(user) : Failed([.. result.Errors.Select(e => e.Description)]);
}
