using Latchkey.CloudApi.Linodes.Instances;

namespace Latchkey.CloudApi.Tests.Linodes.Instances;

public sealed class RootPasswordTests
{
    [Theory]
    [InlineData("aComplexP@ssword")]
    [InlineData("correct horse battery staple")]
    [InlineData("x7Kq9mZ2pL4v")]
    [InlineData("6f1a9c0d3b7e4f2a8c5d9e0b1f3a7c6d")]
    [InlineData("ünïcödé-Pässwörter")]
    public void A_password_nobody_guesses_is_taken(string password) => Assert.Null(RootPassword.Refusal(password));

    [Theory]
    [InlineData("")]
    [InlineData("aB3$xy")]
    [InlineData("password")]
    [InlineData("P@ssw0rd")]
    [InlineData("Password123!")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("abcdefghijklmnopqrstuvwxyz")]
    [InlineData("12345678901234567890")]
    [InlineData("lowercaseonly")]
    [InlineData("linodelinodelinode1A")]
    public void A_password_someone_guesses_is_not(string password) => Assert.NotNull(RootPassword.Refusal(password));

    [Fact]
    public void A_password_longer_than_128_is_not_taken() => Assert.NotNull(RootPassword.Refusal(string.Concat(Enumerable.Repeat("aB3$xy9", 20))));
}
