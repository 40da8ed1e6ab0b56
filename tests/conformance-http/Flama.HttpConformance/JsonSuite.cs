using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Flama.HttpConformance;

/// <summary>The texts of JSONTestSuite: as a body, as a member of a request that is ignored, and as a cell.</summary>
internal static class JsonSuite
{
    // What Flama takes and RFC 8259 does not: Python's bare words.
    private static readonly string[] Words = ["n_number_NaN.json", "n_number_infinity.json", "n_number_minus_infinity.json"];

    private static readonly (string Name, string Before, string After)[] Places =
    [
        ("body", "", ""), ("member", "{\"other\": ", ", \"input\": [[0, 1]]}"), ("cell", "{\"input\": [[0, ", "]]}"),
    ];

    /// <summary>Runs all of them.</summary>
    /// <returns>Whether the server did as it should.</returns>
    public static async Task<bool> RunAsync(Uri server, string directory, ErrorAnswers errors)
    {
        using HttpClient client = new() { BaseAddress = server, Timeout = TimeSpan.FromSeconds(20) };
        SortedDictionary<string, int> counts = new(StringComparer.Ordinal);
        List<string> wrong = [], open = [];
        var files = Directory.GetFiles(directory, "*.json").Order(StringComparer.Ordinal).ToList();
        foreach (var file in files)
        {
            var name = Path.GetFileName(file);
            var kind = name[..1];
            foreach (var (place, before, after) in Places)
            {
                byte[] body = [.. Encoding.UTF8.GetBytes(before), .. await File.ReadAllBytesAsync(file), .. Encoding.UTF8.GetBytes(after)];
                var (status, code, text) = await SendAsync(client, body);
                if (status != 200)
                {
                    errors.Add($"{name} as {place}", text);
                }

                var outcome = status == 200 ? "200" : $"{status} {code}";
                counts[$"{kind} {place}: {outcome}"] = counts.GetValueOrDefault($"{kind} {place}: {outcome}") + 1;
                if (kind == "i" && place == "member")
                {
                    open.Add($"{name}: {outcome}");
                }

                // As a member, a text decides alone; as a cell or a body, JSON of another shape is refused too.
                var isRight = kind switch
                {
                    "y" => place == "member" ? status == 200 : code != "malformed_json" && status is 200 or 400,
                    "n" => status == 400 || Words.Contains(name),
                    _ => status is 200 or 400,
                };
                if (!isRight)
                {
                    wrong.Add($"{name} as {place}: {outcome}");
                }
            }
        }

        Console.WriteLine($"## JSONTestSuite: {files.Count} files\n\n| Kind, place: answer | Files |\n|---|---|");
        foreach (var (what, count) in counts)
        {
            Console.WriteLine($"| {what} | {count} |");
        }

        Console.WriteLine($"\nOpen ones (i) as a member:\n* {string.Join("\n* ", open)}");
        Console.WriteLine($"\nWrong: {wrong.Count}");
        wrong.ForEach(Console.WriteLine);
        return wrong.Count == 0;
    }

    private static async Task<(int Status, string Code, string Text)> SendAsync(HttpClient client, byte[] body)
    {
        try
        {
            using ByteArrayContent content = new(body);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using var answer = await client.PostAsync(new Uri("/predict/", UriKind.Relative), content);
            var text = await answer.Content.ReadAsStringAsync();
            if (answer.StatusCode == HttpStatusCode.OK)
            {
                return (200, "", text);
            }

            using var problem = JsonDocument.Parse(text);
            return ((int)answer.StatusCode, problem.RootElement.GetProperty("type").GetString()!.Split(':')[^1], text);
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException or JsonException or KeyNotFoundException)
        {
            return (0, failure.GetType().Name, "");
        }
    }
}
