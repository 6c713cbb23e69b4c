using Latchkey.Protocol;


namespace Latchkey.CloudApi.Linodes.StackScripts;

/// <summary>The public StackScripts of the simulated cloud.</summary>
internal static class StackScriptCatalogue
{
    public static readonly IReadOnlyList<StackScript> All = [.. Catalogue.Read<Entry>("stackscripts.json").Select(e => e.Publish())];

    public static readonly FilterFields<StackScript> Fields = new FilterFields<StackScript>()
        .Number("id", s => s.Id)
        .Text("label", s => s.Label)
        .Text("username", s => s.Username)
        .Text("description", s => s.Description)
        .Text("rev_note", s => s.RevNote)
        .Number("deployments_total", s => s.DeploymentsTotal)
        .Truth("is_public", s => s.IsPublic)
        .Truth("mine", s => s.Mine)
        .Texts("images", s => s.Images);

    public static StackScript? Find(int id) => All.FirstOrDefault(s => s.Id == id);

    private sealed record Entry(
        int Id, string Username, string Label, string Description, IReadOnlyList<string> Images, string Script, string RevNote,
        int DeploymentsTotal, int DeploymentsActive, DateTimeOffset Created, DateTimeOffset Updated)
    {
        public StackScript Publish() => new(
            Id, Username, StackScript.Gravatar(Username), Label, Description, Images, DeploymentsTotal, DeploymentsActive,
            IsPublic: true, Mine: false, Created, Updated, RevNote, Script, UserDefinedField.In(Script));
    }
}
