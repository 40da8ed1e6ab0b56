namespace Flama.Data.Model;

/// <summary>The indefinite article of what a record is called.</summary>
internal static class Article
{
    private const string Vowels = "aeiouAEIOU";

    /// <summary>A customer, an order.</summary>
    public static string With(string name) => $"{(Vowels.Contains(name[0], StringComparison.Ordinal) ? "an" : "a")} {name}";
}
