using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Latchkey.Storage.Examination;

/// <summary>
/// A Data Protection key ring that is read and not written. Reading one whose keys have all expired makes a new key, and without
/// being let to it cannot be read at all; that key is kept here and forgotten.
/// </summary>
internal sealed class UnwrittenRing(IXmlRepository ring) : IXmlRepository
{
    private readonly List<XElement> _made = [];

    public IReadOnlyCollection<XElement> GetAllElements() => [.. ring.GetAllElements(), .. _made];

    public void StoreElement(XElement element, string friendlyName) => _made.Add(element);
}
