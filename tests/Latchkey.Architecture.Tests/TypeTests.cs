using System.Reflection;

namespace Latchkey.Architecture.Tests;

/// <summary>Types say what may be done with them.</summary>
public sealed class TypeTests
{
    [Fact]
    public void A_class_is_sealed_unless_another_derives_from_it()
    {
        var written = SourceAssemblies.WrittenTypes.ToList();
        Offences.None(written
            .Where(t => t is { IsClass: true, IsAbstract: false, IsSealed: false } && !written.Exists(d => d.BaseType == t))
            .Select(t => t.FullName));
    }

    [Fact]
    public void A_hierarchy_of_cases_is_closed()
    {
        // A record's protected copy constructor lets a stranger derive even when the others are private.
        var written = SourceAssemblies.WrittenTypes.ToList();
        var hierarchies = written
            .Where(t => t.IsAbstract && !t.IsSealed && IsRecord(t) && t.GetNestedTypes(Any).Any(n => n.BaseType == t))
            .ToList();
        var strangers = written
            .Where(t => hierarchies.Exists(h => t.IsSubclassOf(h) && t.DeclaringType != h))
            .Select(t => $"{t.FullName} is a case of {t.BaseType!.Name} but not nested in it");
        var opened = hierarchies
            .Where(h => h.GetConstructors(Any).Any(c => !c.IsPrivate && !IsCopy(c, h)))
            .Select(h => $"{h.FullName} has a constructor that is not private");

        Assert.NotEmpty(hierarchies);
        Offences.None(strangers.Concat(opened));
    }

    [Fact]
    public void No_record_prints_what_its_name_calls_a_secret()
    {
        // A record's ToString prints its members; a secret kept as plain text would go to the first log that takes the record.
        string[] words = ["Password", "Secret", "Verifier", "AccessToken", "RefreshToken"];
        var printed = SourceAssemblies.WrittenTypes.Where(IsRecord)
            .SelectMany(t => t.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(p => p.PropertyType == typeof(string) && words.Any(w => p.Name.EndsWith(w, StringComparison.Ordinal)))
            .Where(p => p.DeclaringType!.GetMethod("PrintMembers", Any | BindingFlags.DeclaredOnly)?.IsDefined(typeof(System.Runtime.CompilerServices.CompilerGeneratedAttribute)) != false
                && p.DeclaringType.GetMethod("ToString", Type.EmptyTypes)?.IsDefined(typeof(System.Runtime.CompilerServices.CompilerGeneratedAttribute)) != false)
            .Select(p => $"{p.DeclaringType!.FullName}.{p.Name}");

        Offences.None(printed);
    }

    private const BindingFlags Any = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance;

    private static bool IsRecord(Type type) => type.GetMethod("<Clone>$") is not null;

    private static bool IsCopy(ConstructorInfo constructor, Type type) =>
        constructor.GetParameters() is [var only] && only.ParameterType == type;
}
