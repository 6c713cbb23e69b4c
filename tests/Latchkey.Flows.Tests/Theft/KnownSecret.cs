namespace Latchkey.Flows.Tests.Theft;

/// <summary>Something that whoever holds it may use, and what it is called when it is found. A class, so that it does not print.</summary>
internal sealed class KnownSecret(string name, string text)
{
    public string Name => name;

    public string Text => text;
}
