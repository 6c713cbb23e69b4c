namespace Latchkey.Protocol;

/// <summary>A token that a person made for their own scripts.</summary>
public sealed class PersonalAccessToken : Secret
{
    /// <summary>Wraps the text.</summary>
    public PersonalAccessToken(string text)
        : base(text)
    {
    }
}
