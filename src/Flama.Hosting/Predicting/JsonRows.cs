using System.Runtime.InteropServices;
using System.Text.Json;
using Flama.Json;

namespace Flama.Hosting.Predicting;

/// <summary>Rows as they stand in JSON: lists, or objects by feature name.</summary>
internal sealed class JsonRows(JsonElement rows) : ModelRows
{
    internal override FeatureBatch ToBatch(TableSpec spec) => new FeatureReader(spec).ReadRows(JsonMarshal.GetRawUtf8Value(rows));
}
