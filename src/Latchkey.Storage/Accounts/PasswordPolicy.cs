using System.Collections.Frozen;
using Latchkey.Storage.Model;
using Microsoft.AspNetCore.Identity;

namespace Latchkey.Storage.Accounts;

/// <summary>
/// Length, and nothing that is tried first. No rules about which characters: they make passwords alike and hard to keep.
/// </summary>
internal sealed class PasswordPolicy : IPasswordValidator<User>
{
    public const int MinLength = 10;
    public const int MaxLength = 128;

    private static readonly FrozenSet<string> Common = ReadCommon();

    public Task<IdentityResult> ValidateAsync(UserManager<User> manager, User user, string? password) =>
        Task.FromResult(Problem(user, password ?? "") is { } problem
            ? IdentityResult.Failed(new IdentityError { Code = "Password", Description = problem })
            : IdentityResult.Success);

    private static string? Problem(User user, string password) =>
        password.Length < MinLength ? $"The password needs at least {MinLength} characters."
        : password.Length > MaxLength ? $"The password may have at most {MaxLength} characters."
        : IsCommon(password) ? "This password is among the first that anyone would try. Choose another."
        : Holds(password, user.UserName) || Holds(password, user.Email) ? "The password must not be the user name or e-mail address."
        : null;

    private static bool IsCommon(string password) =>
        Common.Contains(password) || password.Distinct().Count() < 4 || Common.Contains(password.TrimEnd("0123456789!.?".ToCharArray()));

    private static bool Holds(string password, string? name) =>
        !string.IsNullOrEmpty(name) && string.Equals(password, name, StringComparison.OrdinalIgnoreCase);

    private static FrozenSet<string> ReadCommon()
    {
        using var stream = typeof(PasswordPolicy).Assembly.GetManifestResourceStream("common-passwords.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd()
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    }
}
