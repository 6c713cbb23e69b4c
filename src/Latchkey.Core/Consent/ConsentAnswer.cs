using Latchkey.Core.Authorization;
using Latchkey.Protocol;

namespace Latchkey.Core.Consent;

/// <summary>What a person's answer on the consent page grants.</summary>
public static class ConsentAnswer
{
    /// <summary>
    /// The scopes to grant: those ticked, never beyond what was asked, and what was granted before. Ticking nothing is
    /// allowed; the app then gets an empty scope. Of two levels ticked in one family the lower one counts: the person
    /// who chose "only look" must not be overruled by a box that came ticked.
    /// </summary>
    public static ScopeSet Granted(AuthorizationDecision.AskConsent question, IEnumerable<string> ticked)
    {
        var chosen = ScopeSet.Empty;
        foreach (var family in Parse(ticked).GroupBy(s => s.Family, StringComparer.Ordinal))
        {
            chosen = chosen.Union(family.MinBy(s => s.Level)!);
        }

        return question.Asked.Intersect(chosen).Union(question.Already);
    }

    private static IEnumerable<Scope> Parse(IEnumerable<string> ticked)
    {
        foreach (var text in ticked)
        {
            if (Scope.TryParse(text, out var scope))
            {
                yield return scope;
            }
        }
    }
}
