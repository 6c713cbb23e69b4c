namespace Latchkey.Linode;

/// <summary>Another label for what exists, where nothing else of it can change.</summary>
internal sealed record LabelRequest(string Label);
