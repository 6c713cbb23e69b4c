using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.Storage.Postgres;

/// <summary>Encrypts elements of the key ring under the key file.</summary>
internal sealed class KeyFileEncryptor(KeyFile key) : IXmlEncryptor
{
    public const string Element = "keyFile";

    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        var bytes = Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting));
        return new EncryptedXmlInfo(new XElement(Element, Convert.ToBase64String(key.Encrypt(bytes))), typeof(KeyFileDecryptor));
    }
}

/// <summary>Made by Data Protection, which finds this type's name beside what was encrypted.</summary>
internal sealed class KeyFileDecryptor(IServiceProvider services) : IXmlDecryptor
{
    public XElement Decrypt(XElement encryptedElement) => XElement.Parse(Encoding.UTF8.GetString(
        services.GetRequiredService<KeyFile>().Decrypt(Convert.FromBase64String(encryptedElement.Value))));
}
