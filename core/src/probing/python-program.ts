import { shortSilence } from "./company.ts";

/**
 * The same program as the shell's for images whose shell has nothing to dial with: one process that waits for all its
 * connections at once, starts no other unless rules are wanted, and ends when nobody listens on the other side. Modules of the application, in
 * the directory where it is started, are none of its own.
 */
export const pythonProgram = String.raw`
import sys
sys.path=[p for p in sys.path if p]
import os,time,errno,socket,select,signal
signal.alarm(1)
a=sys.argv[1:];moving=[];jobs={};rules=[];lines=[];S={"hold":0,"silence":${shortSilence / 1000},"go":False,"over":False,"rest":b""};heard=time.monotonic()
def line():
    b=b""
    while not b.endswith(b"\n"):
        c=os.read(0,1)
        if not c: os._exit(75)
        b+=c
    return b.decode().strip()
m=line();signal.alarm(25)
def out(k,n,t):
    d=("%s %s %s\n%s\n"%(m,k,n,t)).encode("utf-8","replace")
    while d: d=d[os.write(1,d):]
def show(k,p):
    try: out(k,p,open(p,errors="replace").read())
    except OSError as e: out("E",p,e.strerror)
def spread(p):
    if "*" not in p: return [p]
    h,t=p.split("*",1);d,b=h.rsplit("/",1)
    try: names=sorted(os.listdir(d))
    except OSError: return [p]
    return [d+"/"+n+t for n in names if n.startswith(b) and os.path.exists(d+"/"+n+t)] or [p]
def ran(k,n,*argv):
    try:
        import subprocess
        r=subprocess.run(argv,stdout=subprocess.PIPE,stderr=subprocess.PIPE,universal_newlines=True)
        out(k if r.returncode==0 else "E",n,r.stdout if r.returncode==0 else r.stderr)
    except OSError as e: out("E",n,e.strerror)
def containing(p,t):
    try: out("G",p+" "+t,"".join(l for l in open(p,errors="replace") if t in l))
    except OSError as e: out("E",p,e.strerror)
def ends(f,k,o=""):
    j=jobs.pop(f,None)
    if j: done(j["i"],k,o,j["t"]);poll.unregister(f);j["c"].close()
def done(i,k,o,t): out("S",i,o);out("R","%s %s %d - python"%(i,k,(time.monotonic()-t)*1000),"")
def code(e): return "" if e==errno.ETIMEDOUT else errno.errorcode.get(e,"")
def begin(k,i,h,p,w,q,y,x=""):
    t=time.monotonic()
    try:
        f,_,n,_,d=socket.getaddrinfo(h,int(p),0,socket.SOCK_DGRAM if k=="L" else socket.SOCK_STREAM)[0]
        c=socket.socket(f,socket.SOCK_DGRAM if k=="L" else socket.SOCK_STREAM)
        if x[-1:]=="p" and k=="H": c.setsockopt(socket.IPPROTO_TCP,socket.TCP_MAXSEG,900);x=x[:-1]
        c.setblocking(False);e=c.connect_ex(d)
        if e not in (0,errno.EINPROGRESS): raise OSError(e,"")
        if k=="L": c.send(bytes.fromhex(x))
    except OSError as e: return done(i,"fail",code(e.errno),t)
    jobs[c.fileno()]={"k":k,"i":i,"c":c,"t":t,"end":t+(int(q)+int(y))/100,"x":x,"up":k=="L"}
    poll.register(c.fileno(),select.POLLIN if k=="L" else select.POLLOUT)
def ready(f):
    j=jobs[f];c=j["c"]
    try:
        if not j["up"]:
            e=c.getsockopt(socket.SOL_SOCKET,socket.SO_ERROR)
            if e: raise OSError(e,"")
            if j["k"]=="D": return ends(f,"ok")
            c.send(b"GET / HTTP/1.0\r\nHost: kube-ipv6\r\nX-Pad: "+b"x".rjust(int(j["x"]))+b"\r\n\r\n")
            j["up"]=True;poll.modify(f,select.POLLIN);return
        d=c.recv(4096)
        if j["k"]=="L": return ends(f,"ok",d.hex())
        r=d.split(b"\r\n")[0].decode("latin-1")
        ends(f,"ok" if r.startswith("HTTP/") else "fail",r)
    except OSError as e: ends(f,"fail",code(e.errno))
poll=select.poll();poll.register(0,select.POLLIN)
def wait():
    global heard
    now=time.monotonic()
    for f in [f for f in jobs if jobs[f]["end"]<=now]: ends(f,"fail")
    for f,_ in poll.poll(max(1,min([100]+[(j["end"]-now)*1000 for j in jobs.values()]))):
        if f: ready(f) if f in jobs else None;continue
        d=os.read(0,4096)
        if not d: os._exit(75)
        heard=time.monotonic();*l,S["rest"]=(S["rest"]+d).split(b"\n")
        S["go"]=S["go"] or b"go" in l;S["over"]=S["over"] or b"end" in l
    if time.monotonic()-heard>S["silence"]: os._exit(75)
while a:
    k=a.pop(0)
    if k=="F":
        for f in spread(a.pop(0)): show("F",f)
    elif k=="M": moving.append(a[0]);show("B",a.pop(0))
    elif k=="I": ran("B","ip6tables-save","ip6tables-save","-c");rules.append(1)
    elif k=="N": ran("N","nft","nft","-j","list","ruleset")
    elif k=="G": lines.append((a.pop(0),a.pop(0)))
    elif k in "XY": out("E","program "+a[0],"it takes a shell");a=a[6:]
    elif k in "UE": out("E","size "+a[0],"it takes a shell");a=a[6 if k=="U" else 3:]
    elif k=="P": S["silence"]=int(a.pop(0))/100
    elif k=="A":
        heard=time.monotonic();signal.alarm(60)
        while not S["go"]: wait()
        signal.alarm(25)
    elif k=="W": S["hold"]=int(a.pop(0))/100;out("W","holding","")
    else:
        n={"D":6,"L":9,"H":8}[k];v=a[:n];a=a[n:]
        if not jobs and "ready" not in S: S["ready"]=1;begin("D","c","127.0.0.1","9","1","100","0")
        begin(k,*v[:7])
heard=time.monotonic()
while jobs: wait()
until=time.monotonic()+S["hold"]
while S["hold"] and not S["over"] and time.monotonic()<until: wait()
for f in moving: show("A",f)
for l in lines: containing(*l)
if rules: ran("A","ip6tables-save","ip6tables-save","-c")
out("Z","end","")
`;
