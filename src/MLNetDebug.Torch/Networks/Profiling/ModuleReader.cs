using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Networks.Profiling;

/// <summary>What a module does, by its type, and its public settings.</summary>
internal static class ModuleReader
{
    private static readonly Assembly TorchSharpAssembly = typeof(nn.Module).Assembly;
    private static readonly ConcurrentDictionary<Type, ModuleKind> Kinds = new();
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> Properties = new();

    // By name, not by type: a version of TorchSharp without one of them still loads. GetName() is no help: AlphaDropout calls itself Dropout1d.
    private static readonly Dictionary<string, ModuleKind> KindsByName = Table(
        (ModuleKind.Container, "Sequential ModuleList`1 ModuleDict`1"),
        (ModuleKind.Linear, "Linear Bilinear"),
        (ModuleKind.Convolution, "Conv1d Conv2d Conv3d ConvTranspose1d ConvTranspose2d ConvTranspose3d"),
        (ModuleKind.BatchNorm, "BatchNorm1d BatchNorm2d BatchNorm3d"),
        (ModuleKind.RowNorm, "LayerNorm GroupNorm InstanceNorm1d InstanceNorm2d InstanceNorm3d LocalResponseNorm"),
        (ModuleKind.Dropout, "Dropout AlphaDropout"),
        (ModuleKind.ChannelDropout, "Dropout1d Dropout2d Dropout3d FeatureAlphaDropout"),
        (ModuleKind.Activation, "CELU ELU GELU GLU Hardshrink Hardsigmoid Hardswish Hardtanh LeakyReLU LogSigmoid Mish PReLU ReLU ReLU6 RReLU SELU Sigmoid SiLU Softplus Softshrink Softsign Tanh Tanhshrink Threshold"),
        (ModuleKind.Softmax, "Softmax Softmax2d Softmin"),
        (ModuleKind.LogSoftmax, "LogSoftmax"),
        (ModuleKind.Pooling, "AdaptiveAvgPool1d AdaptiveAvgPool2d AdaptiveAvgPool3d AdaptiveMaxPool1d AdaptiveMaxPool2d AdaptiveMaxPool3d AvgPool1d AvgPool2d AvgPool3d FractionalMaxPool2d FractionalMaxPool3d LPPool1d LPPool2d MaxPool1d MaxPool2d MaxPool3d MaxUnpool1d MaxUnpool2d MaxUnpool3d"),
        (ModuleKind.Embedding, "Embedding EmbeddingBag"),
        (ModuleKind.Recurrent, "RNN GRU LSTM RNNCell GRUCell LSTMCell"),
        (ModuleKind.Attention, "MultiheadAttention Transformer TransformerEncoder TransformerEncoderLayer TransformerDecoder TransformerDecoderLayer"),
        (ModuleKind.Shape, "Identity Flatten Unflatten Unfold ChannelShuffle PixelShuffle PixelUnshuffle Upsample ConstantPad1d ConstantPad2d ConstantPad3d ReflectionPad1d ReflectionPad2d ReflectionPad3d ReplicationPad1d ReplicationPad2d ReplicationPad3d ZeroPad2d"));

    /// <summary>What a module does. A class of the user's own that derives from one of TorchSharp's modules does what that one does.</summary>
    public static ModuleKind KindOf(nn.Module module) => Kinds.GetOrAdd(module.GetType(), static type => KindOf(type));

    /// <summary>True where the type is one of TorchSharp's own.</summary>
    public static bool IsBuiltIn(Type type) => type.Assembly == TorchSharpAssembly;

    /// <summary>
    /// Public settings that are numbers or truth values, those of arrays and tuples as <c>kernel_size[0]</c>. What is null or throws is left out. Only what TorchSharp declares is read:
    /// a property of the user's own may be code with effects.
    /// </summary>
    public static IReadOnlyDictionary<string, double> SettingsOf(nn.Module module)
    {
        var settings = new Dictionary<string, double>();
        foreach (var property in Properties.GetOrAdd(module.GetType(), static type => PropertiesOf(type)))
            Add(settings, property.Name, Value(property, module));
        return settings;
    }

    internal static ModuleKind KindOf(Type type)
    {
        for (var at = type; at is not null && at != typeof(nn.Module); at = at.BaseType)
        {
            if (!IsBuiltIn(at))
                continue;
            if (KindsByName.TryGetValue(at.Name, out var kind))
                return kind;
            if (at.Name.EndsWith("Loss", StringComparison.Ordinal))
                return ModuleKind.Loss;
        }

        return ModuleKind.Other;
    }

    private static Dictionary<string, ModuleKind> Table(params (ModuleKind Kind, string Names)[] rows) =>
        rows.SelectMany(r => r.Names.Split(' ').Select(n => (Name: n, r.Kind))).ToDictionary(p => p.Name, p => p.Kind);

    private static PropertyInfo[] PropertiesOf(Type type) =>
    [
        .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.DeclaringType is { } declaring && IsBuiltIn(declaring) && declaring.IsSubclassOf(typeof(nn.Module)))
            .Where(p => p.CanRead && p.GetIndexParameters().Length == 0 && HoldsNumbers(p.PropertyType))
            .DistinctBy(p => p.Name),
    ];

    private static bool HoldsNumbers(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type.IsArray ? HoldsNumbers(type.GetElementType()!)
            : typeof(ITuple).IsAssignableFrom(type) || (type.IsGenericType && typeof(IEnumerable).IsAssignableFrom(type)) ? Array.TrueForAll(type.GetGenericArguments(), HoldsNumbers)
            : type.IsPrimitive && type != typeof(char) && type != typeof(nint) && type != typeof(nuint);
    }

    private static object? Value(PropertyInfo property, nn.Module module)
    {
        try
        {
            return property.GetValue(module);
        }
        catch (TargetInvocationException)
        {
            // Upsample.size throws where the factor was given instead.
            return null;
        }
    }

    private static void Add(Dictionary<string, double> settings, string name, object? value)
    {
        switch (value)
        {
            case null:
                break;
            case bool truth:
                settings[name] = truth ? 1 : 0;
                break;
            case ITuple tuple:
                for (var i = 0; i < tuple.Length; i++)
                    Add(settings, $"{name}[{i}]", tuple[i]);
                break;
            case IEnumerable list:
                var index = 0;
                foreach (var item in list)
                    Add(settings, $"{name}[{index++}]", item);
                break;
            default:
                settings[name] = Convert.ToDouble(value, CultureInfo.InvariantCulture);
                break;
        }
    }
}
