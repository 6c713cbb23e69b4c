using System.CodeDom.Compiler;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Latchkey.Architecture.Tests;

/// <summary>What is built from <c>src/</c>, found by the projects there, so that a new one is held to the rules too.</summary>
internal static class SourceAssemblies
{
    public static IReadOnlyList<Assembly> All { get; } =
        [.. Projects.In("src").Select(p => Assembly.Load(p == "Latchkey.Cli" ? "latchkey" : p))];

    /// <summary>Types a person wrote: not the compiler's, not a generator's, not a Razor page's or migration's.</summary>
    public static IEnumerable<Type> WrittenTypes => All.SelectMany(a => a.GetTypes()).Where(type =>
        !IsGenerated(type)
        && type.Name is not ("Program" or "_Imports")
        && type.Namespace?.EndsWith(".Migrations", StringComparison.Ordinal) != true
        && type.GetInterface("Microsoft.AspNetCore.Components.IComponent") is null);

    private static bool IsGenerated(Type type) =>
        type.Name.Contains('<', StringComparison.Ordinal)
        || type.IsDefined(typeof(CompilerGeneratedAttribute))
        || type.IsDefined(typeof(GeneratedCodeAttribute))
        || (type.DeclaringType is { } outer && IsGenerated(outer))
        || type.Namespace is null
        || !type.Namespace.StartsWith("Latchkey", StringComparison.Ordinal);
}
