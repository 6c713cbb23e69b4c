using System.Security.Cryptography;
using System.Text;

namespace Latchkey.CloudApi.Linodes.StackScripts;

/// <summary>A StackScript as it goes out.</summary>
internal sealed record StackScript(
    int Id, string Username, string UserGravatarId, string Label, string Description, IReadOnlyList<string> Images,
    int DeploymentsTotal, int DeploymentsActive, bool IsPublic, bool Mine, DateTimeOffset Created, DateTimeOffset Updated,
    string RevNote, string Script, IReadOnlyList<UserDefinedField> UserDefinedFields)
{
    public const string AnyImage = "any/all";

    public bool Fits(string image) => Images.Contains(image) || Images.Contains(AnyImage);

    public static StackScript Of(StoredStackScript stored, int active) => new(
        stored.Id, stored.Username, Gravatar(stored.Username), stored.Label, stored.Description, stored.Images,
        stored.Deployments, active, IsPublic: false, Mine: true, stored.Created, stored.Updated,
        stored.RevisionNote, stored.Script, UserDefinedField.In(stored.Script));

    /// <summary>Linode shows a hash of the mail address; this API knows no address, so the name stands for it.</summary>
    public static string Gravatar(string username) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(username)))[..32];
}
