namespace Flama.AspNetCore;

/// <summary>Makes a method of a <see cref="ModelResource"/> answer requests.</summary>
/// <param name="path">The path below the resource's, such as <c>/loss/</c>; route parameters as everywhere in ASP.NET Core.</param>
/// <param name="methods">The HTTP methods; none for GET.</param>
/// <remarks>
/// Tags, summary and description in documents are those of this attribute, else of the framework's (<c>Tags</c>, <c>EndpointSummary</c>, <c>EndpointDescription</c>), else of the
/// method's XML documentation comment, where the project writes a documentation file (<c>GenerateDocumentationFile</c>).
/// </remarks>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ResourceMethodAttribute(string path, params string[] methods) : Attribute
{
    /// <summary>The path below the resource's.</summary>
    public string Path { get; } = path;

    /// <summary>The HTTP methods.</summary>
    public IReadOnlyList<string> Methods { get; } = methods;

    /// <summary>The name of the endpoint, by which links are made, and the operation's id in documents; it is one of its kind in an application. Null for none.</summary>
    public string? Name { get; set; }

    /// <summary>The operation in a few words.</summary>
    public string? Summary { get; set; }

    /// <summary>The operation at length; Markdown.</summary>
    public string? Description { get; set; }

    /// <summary>The groups of operations it is shown in; null for that of the resource.</summary>
    public string[]? Tags { get; set; }
}
