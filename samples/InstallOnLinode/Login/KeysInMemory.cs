using System.Collections.Concurrent;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Options;

namespace InstallOnLinode.Login;

/// <summary>
/// Keeps the keys that seal a login on its way, and the form's token, in memory: the orders they belong to live there too,
/// and nothing is written to the disk of whoever runs this.
/// </summary>
internal sealed class KeysInMemory : IXmlRepository, IConfigureOptions<KeyManagementOptions>
{
    private readonly ConcurrentQueue<XElement> _keys = new();

    public void Configure(KeyManagementOptions options) => options.XmlRepository = this;

    public IReadOnlyCollection<XElement> GetAllElements() => [.. _keys.Select(key => new XElement(key))];

    public void StoreElement(XElement element, string friendlyName) => _keys.Enqueue(new XElement(element));
}
