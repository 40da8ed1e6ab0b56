using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Xml;
using System.Xml.Linq;

namespace Flama.AspNetCore.Resources;

/// <summary>What the documentation comment of a method says, as the compiler wrote it beside the assembly.</summary>
/// <param name="Summary">The summary, in one line; null for none.</param>
/// <param name="Remarks">The remarks, in one line; null for none.</param>
internal sealed record XmlComment(string? Summary, string? Remarks)
{
    private static readonly ConcurrentDictionary<Assembly, ILookup<string, XElement>> Files = new();
    private static readonly ILookup<string, XElement> Nothing = Enumerable.Empty<XElement>().ToLookup(_ => "", StringComparer.Ordinal);

    /// <summary>The comment of a method; null where there is none, or no file.</summary>
    public static XmlComment? Of(MethodInfo method)
    {
        var type = (method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericTypeDefinition() : method.DeclaringType).FullName?.Replace('+', '.');
        var found = Files.GetOrAdd(method.DeclaringType.Assembly, Read)[$"M:{type}.{method.Name}"]
            .Where(member => ParametersOf(member) == method.GetParameters().Length)
            .ToList();
        return found is [var only] ? new(TextOf(only.Element("summary")), TextOf(only.Element("remarks"))) : null;
    }

    [UnconditionalSuppressMessage("SingleFile", "IL3000", Justification = "The name of the file in the program's folder is tried as well.")]
    private static ILookup<string, XElement> Read(Assembly assembly)
    {
        string[] places = [Path.ChangeExtension(assembly.Location, ".xml"), Path.Combine(AppContext.BaseDirectory, $"{assembly.GetName().Name}.xml")];
        if (Array.Find(places, File.Exists) is not { } path)
        {
            return Nothing;
        }

        try
        {
            using var reader = XmlReader.Create(path, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            return XDocument.Load(reader).Descendants("member").ToLookup(member => NameOf(member).Split('(')[0], StringComparer.Ordinal);
        }
        catch (Exception failure) when (failure is XmlException or IOException or UnauthorizedAccessException)
        {
            // Comments are a help for readers; without them the names are shown.
            return Nothing;
        }
    }

    private static string NameOf(XElement member) => (string?)member.Attribute("name") ?? "";

    // Commas between brackets belong to the arguments of a type or to the ranks of an array.
    private static int ParametersOf(XElement member)
    {
        var name = NameOf(member);
        var open = name.IndexOf('(', StringComparison.Ordinal);
        if (open < 0)
        {
            return 0;
        }

        var (count, depth) = (1, 0);
        foreach (var letter in name.AsSpan(open + 1))
        {
            depth += letter is '{' or '[' ? 1 : letter is '}' or ']' ? -1 : 0;
            count += letter == ',' && depth == 0 ? 1 : 0;
        }

        return count;
    }

    // References show what they refer to by its name.
    private static string? TextOf(XElement? element)
    {
        if (element is null)
        {
            return null;
        }

        var text = string.Concat(element.DescendantNodes().Select(node => node switch
        {
            XText words => words.Value,
            XElement { HasElements: false, IsEmpty: true } reference => ((string?)reference.Attribute("cref") ?? (string?)reference.Attribute("name") ?? (string?)reference.Attribute("langword"))?.Split('.', ':')[^1] ?? "",
            _ => "",
        }));
        return string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) is { Length: > 0 } line ? line : null;
    }
}
