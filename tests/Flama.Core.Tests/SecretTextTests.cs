namespace Flama.Core.Tests;

public sealed class SecretTextTests
{
    [Theory]
    [InlineData("DB_PASSWORD", true)]
    [InlineData("X-Api-Key", true)]
    [InlineData("Authorization", true)]
    [InlineData("Cache-Control", false)]
    public void IsNameOfSecret_Names_AreToldByTheirWords(string name, bool expected)
    {
        Assert.Equal(expected, SecretText.IsNameOfSecret(name));
    }

    [Theory]
    [InlineData(" Bearer abc", true)]
    [InlineData("postgres://me:pw@host/db", true)]
    [InlineData("Server=a;Pwd=b", true)]
    [InlineData("https://host/path", false)]
    [InlineData("me@host", false)]
    public void HasCredentials_Values_AreToldByTheirShape(string value, bool expected)
    {
        Assert.Equal(expected, SecretText.HasCredentials(value));
    }
}
