using System.Buffers;
using System.Text;
using System.Text.Unicode;
using Flama.Packaging.Reading;

namespace Flama.Packaging.Bare;

/// <summary>Tells files of text: documents of models, and what is handed over by mistake.</summary>
internal static class TextProbe
{
    private const int SearchSize = 1 << 20;
    private const int HeadSize = 4096;
    private const int MinLines = 2;

    private static readonly string[] PythonStarts = ["import ", "from ", "def ", "class ", "#!/usr/bin/env python", "#!/usr/bin/python", "\"\"\"", "# -*- coding"];

    private static readonly SearchValues<char> Controls = SearchValues.Create(
        [.. Enumerable.Range(0, ' ').Select(code => (char)code).Where(code => code is not ('\t' or '\r' or '\n' or '\f'))]);

    /// <summary>Tells what a text is; null when it is not text, or nothing known.</summary>
    /// <param name="file">The file.</param>
    /// <param name="start">Its first bytes.</param>
    public static ModelFormat? Recognize(PackageFile file, ReadOnlySpan<byte> start)
    {
        var text = Trim(start);
        if (text.StartsWith("<"u8))
        {
            return OfMarkup(Head(file));
        }

        if (text.StartsWith("{"u8) || text.StartsWith("["u8))
        {
            var buffer = new byte[Math.Min(SearchSize, file.Source.Length)];
            return JsonProbe.Recognize(Trim(buffer.AsSpan(0, file.Source.Read(0, buffer))));
        }

        return Head(file) is { Length: > 0 } head && !head.AsSpan().ContainsAny(Controls) ? OfLines(head) : null;
    }

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text)
    {
        if (text.StartsWith("\uFEFF"u8))
        {
            text = text["\uFEFF"u8.Length..];
        }

        return text.TrimStart(" \t\r\n"u8);
    }

    // The first bytes as text; empty when they are none. A character that the end cuts does not count.
    private static string Head(PackageFile file)
    {
        var buffer = new byte[Math.Min(HeadSize, file.Source.Length)];
        var bytes = Trim(buffer.AsSpan(0, file.Source.Read(0, buffer)));
        for (var cut = 0; cut < 4 && cut <= bytes.Length; cut++)
        {
            if (Utf8.IsValid(bytes[..^cut]))
            {
                return Encoding.UTF8.GetString(bytes[..^cut]);
            }
        }

        return "";
    }

    private static ModelFormat? OfMarkup(string head) =>
        Has(head, "<PMML") ? ModelFormats.Pmml
        : Has(head, "<html") || Has(head, "<!doctype html") || Has(head, "<head") ? ModelFormats.Html
        : Has(head, "<net ") ? ModelFormats.OpenVino
        : null;

    private static ModelFormat? OfLines(string head)
    {
        if (head.StartsWith("artifact_path:", StringComparison.Ordinal) || head.Contains("\nflavors:", StringComparison.Ordinal)
            || head.StartsWith("flavors:", StringComparison.Ordinal))
        {
            return ModelFormats.Mlflow with { Description = "the description of an MLflow model", Remedy = "Give the path of the directory that it is in." };
        }

        if (head.StartsWith("node {", StringComparison.Ordinal) && head.Contains("op:", StringComparison.Ordinal))
        {
            return ModelFormats.TensorFlowGraph with { Description = "a graph of TensorFlow 1 as text (.pbtxt)" };
        }

        var lines = head.Split('\n');
        return lines.Count(line => PythonStarts.Any(word => line.StartsWith(word, StringComparison.Ordinal))) >= MinLines ? ModelFormats.PythonSource
            : IsTable(head.Length < HeadSize / 2 ? lines : lines[..^1]) ? ModelFormats.Csv
            : null;
    }

    // At least two lines with as many separators each.
    private static bool IsTable(string[] lines)
    {
        var rows = lines.Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0).Take(8).ToArray();
        return rows.Length >= MinLines && ",;\t|".Any(separator =>
            rows[0].Contains(separator) && rows.All(row => row.Count(character => character == separator) == rows[0].Count(character => character == separator)));
    }

    private static bool Has(string text, string word) => text.Contains(word, StringComparison.OrdinalIgnoreCase);
}
