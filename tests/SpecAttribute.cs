using Xunit.v3;

namespace Latchkey.Tests;

/// <summary>
/// Ties a test to the rule it holds: a specification section (<c>RFC6749-4.1.2</c>) or a case id (<c>TK-21</c>).
/// <c>--filter-trait "Spec=TK-21"</c> runs one rule.
/// </summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true)]
internal sealed class SpecAttribute(string id) : Attribute, ITraitAttribute
{
    public string Id => id;

    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new("Spec", id)];
}
