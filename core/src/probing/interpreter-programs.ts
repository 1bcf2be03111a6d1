/** The same program as {@link shellProgram} for containers without a shell: `python3 -c`, `node -e`, `perl -e`. */
export const pythonProgram = String.raw`
import sys,os,glob,time,errno,socket,subprocess,threading
a=sys.argv[1:];m=a.pop(0);lock=threading.Lock();moving=[];jobs=[];rules=[];some=[]
def out(k,n,t):
    with lock:
        sys.stdout.write("%s %s %s\n%s\n"%(m,k,n,t));sys.stdout.flush()
def show(k,p):
    try: out(k,p,open(p,errors="replace").read())
    except OSError as e: out("E",p,e.strerror)
def run(k,*c):
    try:
        r=subprocess.run(c,stdout=subprocess.PIPE,stderr=subprocess.PIPE,universal_newlines=True)
        out(k if r.returncode==0 else "E",c[0],r.stdout if r.returncode==0 else r.stderr)
    except OSError as e: out("E",c[0],e.strerror)
def ip6(k): run(k,"ip6tables-save","-c")
def lines(p,t):
    try: out("G",p+" "+t,"".join(l for l in open(p,errors="replace") if t in l))
    except OSError as e: out("E",p,e.strerror)
def attempt(i,f,*v):
    t=time.time()
    try: k,o="ok",f(*v)
    except socket.timeout: k,o="fail",""
    except OSError as e: k,o="fail",errno.errorcode.get(e.errno,"") if e.errno!=errno.ETIMEDOUT else ""
    out("R","%s %s %d python %s"%(i,k,(time.time()-t)*1000,o),"")
def tcp(h,p,s,q,y): socket.create_connection((h,int(p)),float(s)).close();return ""
def udp(h,p,s,q,y,x,t,z):
    f,k,n,_,d=socket.getaddrinfo(h,int(p),0,socket.SOCK_DGRAM)[0]
    with socket.socket(f,k) as c: c.settimeout(float(s));c.connect(d);c.send(bytes.fromhex(x));return c.recv(4096).hex()
def http(h,p,s,q,y,n):
    c=socket.create_connection((h,int(p)),float(s))
    c.sendall(b"GET / HTTP/1.0\r\nHost: kube-ipv6\r\nX-Pad: "+b"x".rjust(int(n))+b"\r\n\r\n")
    r=c.recv(4096).split(b"\r\n")[0].decode("latin-1");c.close()
    if not r.startswith("HTTP/"): raise OSError(errno.EPROTO,"")
    return r
while a:
    k=a.pop(0)
    if k=="F":
        p=a.pop(0)
        for f in sorted(glob.glob(p)) or [p]: show("F",f)
    elif k=="M": moving.append(a[0]);show("B",a.pop(0))
    elif k=="I": ip6("B");rules.append(1)
    elif k=="N": run("N","nft","-j","list","ruleset")
    elif k=="G": some.append((a.pop(0),a.pop(0)))
    elif k=="W": jobs.append(threading.Thread(target=time.sleep,args=(float(a.pop(0)),)))
    else:
        n={"D":5,"L":8,"H":6}[k];v=a[:n+1];a=a[n+1:]
        jobs.append(threading.Thread(target=attempt,args=[v[0],{"D":tcp,"L":udp,"H":http}[k]]+v[1:]))
for j in jobs: j.start()
for j in jobs: j.join()
for f in moving: show("A",f)
for p,t in some: lines(p,t)
if rules: ip6("A")
`;

export const nodeProgram = String.raw`
const fs=require("fs"),net=require("net"),dg=require("dgram"),cp=require("child_process");
const a=process.argv.slice(1),m=a.shift(),moving=[],jobs=[],some=[];let rules=false;
const out=(k,n,t)=>fs.writeSync(1,m+" "+k+" "+n+"\n"+t+"\n");
const show=(k,p)=>{try{out(k,p,fs.readFileSync(p,"utf8"))}catch(e){out("E",p,e.code==="ENOENT"?"No such file":e.code)}};
const run=(k,c,...v)=>{try{out(k,c,cp.execFileSync(c,v,{encoding:"utf8",maxBuffer:1<<26,stdio:["ignore","pipe","pipe"]}))}
  catch(e){out("E",c,e.code==="ENOENT"?"not found":String(e.stderr))}};
const ip6=(k)=>run(k,"ip6tables-save","-c");
const lines=([p,t])=>{try{out("G",p+" "+t,fs.readFileSync(p,"utf8").split("\n").filter((l)=>l.includes(t)).join("\n"))}
  catch(e){out("E",p,e.code==="ENOENT"?"No such file":e.code)}};
const glob=(p)=>{const i=p.indexOf("*");if(i<0)return[p];const d=p.slice(0,i),r=p.slice(i+1);
  try{return fs.readdirSync(d).sort().map((n)=>d+n+r)}catch(e){return[p]}};
const attempt=(i,s,f)=>jobs.push(new Promise((done)=>{const t=Date.now();let over=false;
  const end=(k,o)=>{if(over)return;over=true;clearTimeout(w);out("R",i+" "+k+" "+(Date.now()-t)+" node "+o,"");done()};
  const w=setTimeout(()=>end("fail",""),Number(s)*1000);f(end)}));
const tcp=(h,p,end,then)=>{const c=net.connect({host:h,port:Number(p)},()=>then(c));
  c.on("error",(e)=>end("fail",e.code==="ETIMEDOUT"?"":e.code));return c};
while(a.length){const k=a.shift();
  if(k==="F")for(const f of glob(a.shift()))show("F",f);
  else if(k==="M"){moving.push(a[0]);show("B",a.shift())}
  else if(k==="I"){rules=true;ip6("B")}
  else if(k==="N")run("N","nft","-j","list","ruleset");
  else if(k==="G")some.push(a.splice(0,2));
  else if(k==="W"){const s=Number(a.shift())*1000;jobs.push(new Promise((r)=>setTimeout(r,s)))}
  else if(k==="D"){const[i,h,p,s]=a.splice(0,6);attempt(i,s,(end)=>tcp(h,p,end,(c)=>{end("ok","");c.destroy()}))}
  else if(k==="L"){const[i,h,p,s,,,x]=a.splice(0,9);attempt(i,s,(end)=>{const c=dg.createSocket(h.includes(":")?"udp6":"udp4");
    c.unref();c.on("error",(e)=>end("fail",e.code));c.on("message",(d)=>{end("ok",d.toString("hex"));c.close()});
    c.connect(Number(p),h,()=>c.send(Buffer.from(x,"hex")))})}
  else if(k==="H"){const[i,h,p,s,,,n]=a.splice(0,7);attempt(i,s,(end)=>tcp(h,p,end,(c)=>{
    c.on("data",(d)=>{const l=d.toString("latin1").split("\r\n")[0];end(l.startsWith("HTTP/")?"ok":"fail",l);c.destroy()});
    c.on("close",()=>end("fail",""));
    c.write("GET / HTTP/1.0\r\nHost: kube-ipv6\r\nX-Pad: "+"x".padStart(Number(n))+"\r\n\r\n")}))}}
Promise.all(jobs).then(()=>{for(const f of moving)show("A",f);some.forEach(lines);if(rules)ip6("A");process.exit(0)});
`;
