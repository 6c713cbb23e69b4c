using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using Latchkey.Protocol;

namespace Latchkey.Cli;

/// <summary><c>--scope</c>, wherever a command takes it.</summary>
internal static class ScopeOption
{
    public static Option<string[]> Create(string description) => new("--scope")
    {
        Description = description,
        HelpName = "SCOPE",
        AllowMultipleArgumentsPerToken = true,
    };

    /// <summary>Everything when left out. What is no <c>family:level</c>, <c>*</c> or identity scope is a typing mistake.</summary>
    public static bool TryRead(ParseResult parsed, Option<string[]> option, out ScopeSet scopes, [NotNullWhen(false)] out string? problem)
    {
        scopes = ScopeSet.Everything;
        problem = null;
        if (parsed.GetResult(option) is null)
        {
            return true;
        }

        if (ScopeSet.TryParse(string.Join(' ', parsed.GetValue(option) ?? []), out scopes) && !scopes.IsEmpty && scopes.All(IsWhole))
        {
            scopes = ScopeCatalogue.Linode.Modernize(scopes);
            return true;
        }

        problem = "A scope is written family:level, such as linodes:read_only, with the levels read_only, read_write and *; several are separated by spaces or commas.";
        return false;
    }

    /// <summary>
    /// Null when all families are Linode's. Others are taken: whoever puts the login server into a program of their own has a
    /// catalogue of their own, which this command does not know.
    /// </summary>
    public static string? Doubt(ScopeSet scopes) =>
        ScopeCatalogue.Linode.Unknown(scopes) is { IsEmpty: false } unknown
            ? $"Not among Linode's families: {unknown}. That is right for an API of your own; otherwise it is a typing mistake."
            : null;

    // A wrong level leaves a scope that means only itself, and that nothing ever asks for.
    private static bool IsWhole(Scope scope) => scope == Scope.Everything || IdentityScopes.All.Contains(scope.Text) || scope.Text != scope.Family;
}
