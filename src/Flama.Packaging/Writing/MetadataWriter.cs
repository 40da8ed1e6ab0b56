namespace Flama.Packaging.Writing;

/// <summary>Writes the metadata document of each generation, its keys in the original's order.</summary>
internal static class MetadataWriter
{
    /// <summary>Flama 1.x: five keys; the framework is <c>lib</c> and <c>version</c>.</summary>
    public static void WriteVersion1(PythonJsonWriter json, PackageContent content, string timestamp)
    {
        Start(json, content, timestamp);
        Framework(json, content);
        json.EndObject();
        Model(json, content);
        json.EndObject();
    }

    /// <summary>Flama 2.x: the framework has <c>family</c> and <c>config</c> too, and <c>capabilities</c> come last.</summary>
    public static void WriteVersion2(PythonJsonWriter json, PackageContent content, string timestamp)
    {
        Start(json, content, timestamp);
        json.Key("family");
        json.String(content.Family);
        Framework(json, content);
        json.Key("config");
        json.Value(content.Config);
        json.EndObject();
        Model(json, content);
        if (content.Capabilities is { ValueKind: not (System.Text.Json.JsonValueKind.Null or System.Text.Json.JsonValueKind.Undefined) })
        {
            json.Key("capabilities");
            json.Value(content.Capabilities);
        }
        else if (content.Family == "ml")
        {
            json.Key("capabilities");
            json.StartObject();
            json.Key("kind");
            json.String("ml");
            json.EndObject();
        }

        json.EndObject();
    }

    private static void Start(PythonJsonWriter json, PackageContent content, string timestamp)
    {
        json.StartObject();
        json.Key("id");
        json.String(content.Id);
        json.Key("timestamp");
        json.String(timestamp);
        json.Key("framework");
        json.StartObject();
    }

    private static void Framework(PythonJsonWriter json, PackageContent content)
    {
        json.Key("lib");
        json.String(content.Framework);
        json.Key("version");
        json.String(content.FrameworkVersion);
    }

    private static void Model(PythonJsonWriter json, PackageContent content)
    {
        json.Key("model");
        json.StartObject();
        json.Key("obj");
        json.String(content.ModelClass);
        json.Key("info");
        json.Value(content.Info);
        json.Key("params");
        json.Value(content.Params);
        json.Key("metrics");
        json.Value(content.Metrics);
        json.EndObject();
        json.Key("extra");
        json.Value(content.Extra);
    }
}
